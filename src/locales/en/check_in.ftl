# The check-in sheet, printed and as an e-mail.

sheet-title = Check-in
sheet-customer = Customer
asset-title =
    { $asset ->
        [car] Car
        [motorcycle] Motorcycle
        [truck] Truck
        [device] Device
        [phone] Phone
        [computer] Computer
        [machine] Machine
       *[vehicle] Vehicle
    }
asset-yours =
    { $asset ->
        [car] your car
        [motorcycle] your motorcycle
        [truck] your truck
        [device] your device
        [phone] your phone
        [computer] your computer
        [machine] your machine
       *[vehicle] your vehicle
    }
sheet-requested = Work requested
sheet-terms = I authorize diagnosis of the above. No repair starts before I approve its price.
sheet-place-and-date = Place and date
sheet-signature = Signature of the customer

fact-name = Name
fact-contact = Contact
fact-driver = Brought by
fact-phone = Phone
fact-email = E-mail
fact-address = Address
fact-plate = Plate
fact-make-model = Make and model
fact-color =
    { $country ->
        [US] Color
       *[other] Colour
    }
fact-vin = VIN
fact-serial = Serial number
fact-odometer = Odometer
fact-promised = Promised for
fact-no-promise = To be agreed
fact-waiting = Waiting
fact-yes = Yes
fact-advisor = Your advisor

sheet-mail-subject = Checked in: { $number }
# $mark is plate and name with a blank before them, or nothing.
sheet-mail-here = { asset-yours }{ $mark } was checked in at { $branch } as number { $number } on { $when }.
sheet-mail-requested =
    Work requested:
    { $concerns }
sheet-mail-terms = No repair starts before you approve its price.
sheet-mail-note = Please do not reply to this e-mail. Call or write to the workshop.
