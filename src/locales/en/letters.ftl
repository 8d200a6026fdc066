# Letters about accounts, invitations and the subscription.

hello = Hello { $person },
link-hours =
    { $hours ->
        [one] The link works for one hour.
       *[other] The link works for { $hours } hours.
    }
set-password = Set a new password
not-me = It was not me
not-you = If this was not you, set a new password now. That signs out every browser.

confirm-subject = Confirm your e-mail
confirm-text = please confirm that this e-mail is yours. You can already work; we need it to reach you, for example if you forget your password.
confirm-button = Confirm e-mail
confirm-note = { link-hours } If you did not sign up, ignore this e-mail.

account-exists-subject = You already have an account
account-exists-text = Someone tried to sign up with this e-mail. You already have an account, so nothing was created or changed.
account-exists-you = If it was you, sign in with your password, or set a new one if you forgot it.
account-exists-note = If it was not you, you can ignore this e-mail. They did not get in.

reset-text = Someone asked to reset the password for this e-mail.
reset-note = The link works once, for { $minutes } minutes. If it was not you, ignore this e-mail: your password stays the same.

password-changed-subject = Your password was changed
password-changed-text = The password of your account was changed on { $when }.

new-browser-subject = New sign-in to your account
new-browser-text = Your account was used to sign in from a new browser.
new-browser-facts =
    When: { $when }
    From: { $address }
    Browser: { $browser }

factor-on-subject = Second factor turned on
factor-on-text = A second factor was set up for your account on { $when }.
factor-off-subject = Second factor removed
factor-off-text = A second factor was removed from your account on { $when }.

invite-subject = { $workshop } invites you
invite-text = { $who } invites you to work with { $workshop } in Gantry, as { $role }.
invite-button = Accept the invitation
invite-note = The link works once, for seven days. If you do not know this workshop, ignore this e-mail.

admitted-subject = Welcome to { $workshop }
admitted-text = { $who } approved your request to join as { $role }.
admitted-button = Open Gantry
admitted-note = You can switch to it in the menu at the top.

left-subject = { $workshop } left Gantry
left-text = { $who } ended the subscription of { $workshop }. You will not be charged again.
left-until = Until { $day } everyone in the workshop can still view everything, and every owner can download it or come back. After that only owners can sign in, to download everything.
left-locked = The workshop stays locked: only owners can sign in, to download everything.
left-button = Download everything

came-back-subject = { $workshop } is back
came-back-text = { $who } reactivated the subscription of { $workshop }. Everything is as it was before.
came-back-button = Open the workshop

# Under every button, before its address.
open-address = Or open this address:

# $written is day and time as we write them in English.
moment-utc = { $written }

browser-on = { $browser } on { $system }
browser-unknown = Unknown browser

# $label is the role as the workshop calls it.
role = { $label }
