# Briefe zu Konten, Einladungen und zum Abonnement.

hello = Guten Tag { $person },
link-hours =
    { $hours ->
        [one] Der Link gilt eine Stunde.
       *[other] Der Link gilt { $hours } Stunden.
    }
set-password = Neues Passwort festlegen
not-me = Das war ich nicht
not-you = Wenn Sie das nicht waren, legen Sie jetzt ein neues Passwort fest. Damit werden alle Browser abgemeldet.

confirm-subject = Bestätigen Sie Ihre E-Mail-Adresse
confirm-text = bitte bestätigen Sie, dass diese E-Mail-Adresse Ihnen gehört. Sie können schon arbeiten; wir brauchen sie, um Sie zu erreichen, zum Beispiel wenn Sie Ihr Passwort vergessen.
confirm-button = E-Mail-Adresse bestätigen
confirm-note = { link-hours } Wenn Sie sich nicht angemeldet haben, ignorieren Sie diese E-Mail.

account-exists-subject = Sie haben schon ein Konto
account-exists-text = Jemand wollte sich mit dieser E-Mail-Adresse anmelden. Sie haben schon ein Konto; es wurde nichts angelegt und nichts geändert.
account-exists-you = Wenn Sie das waren, melden Sie sich mit Ihrem Passwort an oder legen Sie ein neues fest.
account-exists-note = Wenn Sie das nicht waren, ignorieren Sie diese E-Mail. Niemand hat Zugang bekommen.

reset-text = Jemand hat für diese E-Mail-Adresse ein neues Passwort angefordert.
reset-note = Der Link gilt einmal und { $minutes } Minuten lang. Wenn Sie das nicht waren, ignorieren Sie diese E-Mail: Ihr Passwort bleibt gleich.

password-changed-subject = Ihr Passwort wurde geändert
password-changed-text = Das Passwort Ihres Kontos wurde am { $when } geändert.

new-browser-subject = Neue Anmeldung an Ihrem Konto
new-browser-text = An Ihrem Konto gab es eine Anmeldung mit einem neuen Browser.
new-browser-facts =
    Wann: { $when }
    Von: { $address }
    Browser: { $browser }

factor-on-subject = Zweiter Faktor eingeschaltet
factor-on-text = Am { $when } wurde für Ihr Konto ein zweiter Faktor eingerichtet.
factor-off-subject = Zweiter Faktor entfernt
factor-off-text = Am { $when } wurde der zweite Faktor Ihres Kontos entfernt.

invite-subject = { $workshop } lädt Sie ein
invite-text = { $who } lädt Sie ein, in Gantry bei { $workshop } mitzuarbeiten. Ihre Rolle: { $role }.
invite-button = Einladung annehmen
invite-note = Der Link gilt einmal und sieben Tage lang. Wenn Sie diese Werkstatt nicht kennen, ignorieren Sie diese E-Mail.

admitted-subject = Willkommen bei { $workshop }
admitted-text = { $who } hat Ihre Anfrage angenommen. Ihre Rolle: { $role }.
admitted-button = Gantry öffnen
admitted-note = Sie können oben im Menü dorthin wechseln.

left-subject = { $workshop } hat Gantry verlassen
left-text = { $who } hat das Abonnement von { $workshop } beendet. Ihnen wird nichts mehr berechnet.
left-until = Bis { $day } können alle in der Werkstatt noch alles ansehen, und Inhaber können alles herunterladen oder zurückkommen. Danach können nur noch Inhaber sich anmelden, um alles herunterzuladen.
left-locked = Die Werkstatt bleibt gesperrt: Nur Inhaber können sich anmelden, um alles herunterzuladen.
left-button = Alles herunterladen

came-back-subject = { $workshop } ist zurück
came-back-text = { $who } hat das Abonnement von { $workshop } wieder aufgenommen. Alles ist wie zuvor.
came-back-button = Werkstatt öffnen

# Unter jedem Knopf, vor seiner Adresse.
open-address = Oder öffnen Sie diese Adresse:

# $written ist Tag und Zeit, wie wir sie auf Englisch schreiben.
moment-utc = { $day } um { $time } Uhr (UTC)

browser-on = { $browser } auf { $system }
browser-unknown = Unbekannter Browser

# $label ist die Rolle, wie die Werkstatt sie nennt.
role =
    { $role ->
        [owner] Inhaber
        [manager] Werkstattleitung
        [receptionist] Annahme
        [technician] Mechaniker
        [accountant] Buchhaltung
        [viewer] Nur Lesen
       *[own] { $label }
    }
