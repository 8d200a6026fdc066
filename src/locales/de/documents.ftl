# Rechnungen und Gutschriften, gedruckt.

# Wie diese Sprache sich selbst nennt.
language = Deutsch

# $written ist der Tag, wie ihn das Land auf Englisch schreibt.
date = { $day }.{ $month }.{ $year }

invoice = Rechnung
credit-note = Gutschrift
draft-number = Entwurf
mark-draft = Entwurf. Dies ist keine Rechnung.
mark-void = Storniert. Berichtigt durch Gutschrift { $number }.
mark-corrects = Berichtigt Rechnung { $number }: { $reason }

tax-id = Steuernummer { $value }
attention = z. Hd. { $value }
serial = Seriennr. { $value }
vin = FIN { $value }
plate = Kennzeichen
odometer = Kilometerstand { $value }
covers =
    { $term ->
       *[work_order] Auftrag { $number }
    }

number = Nummer
date-of-issue = Rechnungsdatum
date-of-supply = Leistungsdatum
due = Fällig
billed-to = Rechnung an
credited-to = Gutschrift an

lines-caption = Positionen
quantity = Menge
unit-price = Einzelpreis
tax = Steuer
net = Netto
subtotal = Netto
part-number = Teilenr. { $value }
tax-on = Steuer { $rate } auf { $net }
total = Gesamt
total-credited = Gutgeschrieben

paid-on =
    { $method ->
        [card] Bezahlt am { $day }, Karte
        [cash] Bezahlt am { $day }, bar
        [transfer] Bezahlt am { $day }, Überweisung
        [upi] Bezahlt am { $day }, UPI
        [cheque] Bezahlt am { $day }, Scheck
       *[other] Bezahlt am { $day }
    }
balance-due = Noch offen
please-pay = Bitte zahlen Sie { $amount } bis { $day } unter Angabe von { $number }.
paid-thanks = Bezahlt. Vielen Dank.
rounding = Alle Beträge in { $currency }. Die Steuer wird je Position gerundet.
