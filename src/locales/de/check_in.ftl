# Der Annahmeschein, gedruckt und als E-Mail.

sheet-title = Annahme
sheet-customer = Kunde
asset-title =
    { $asset ->
        [car] Auto
        [motorcycle] Motorrad
        [truck] Lkw
        [device] Gerät
        [phone] Telefon
        [computer] Computer
        [machine] Maschine
       *[vehicle] Fahrzeug
    }
asset-yours =
    { $asset ->
        [car] Ihr Auto
        [motorcycle] Ihr Motorrad
        [truck] Ihr Lkw
        [device] Ihr Gerät
        [phone] Ihr Telefon
        [computer] Ihr Computer
        [machine] Ihre Maschine
       *[vehicle] Ihr Fahrzeug
    }
sheet-requested = Gewünschte Arbeiten
sheet-terms = Ich beauftrage die Diagnose. Keine Reparatur beginnt, bevor ich ihren Preis freigegeben habe.
sheet-place-and-date = Ort und Datum
sheet-signature = Unterschrift des Kunden

fact-name = Name
fact-contact = Ansprechpartner
fact-driver = Gebracht von
fact-phone = Telefon
fact-email = E-Mail
fact-address = Adresse
fact-plate = Kennzeichen
fact-make-model = Marke und Modell
fact-color = Farbe
fact-vin = FIN
fact-serial = Seriennummer
fact-odometer = Kilometerstand
fact-promised = Fertig bis
fact-no-promise = Nach Absprache
fact-waiting = Wartet
fact-yes = Ja
fact-advisor = Ihr Berater

sheet-mail-subject = Angenommen: { $number }
# Vor dem Kennzeichen in $mark steht ein Leerzeichen; es kann auch leer sein.
sheet-mail-here = { asset-yours }{ $mark } wurde am { $when } in { $branch } unter der Nummer { $number } angenommen.
sheet-mail-requested =
    Gewünschte Arbeiten:
    { $concerns }
sheet-mail-terms = Keine Reparatur beginnt, bevor Sie ihren Preis freigegeben haben.
sheet-mail-note = Bitte antworten Sie nicht auf diese E-Mail. Rufen Sie die Werkstatt an oder schreiben Sie ihr.
