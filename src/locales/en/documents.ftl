# Invoices and credit notes, printed.

# The name of this language in itself.
language = English

# $written is the day as the country writes it.
date = { $written }

invoice = Invoice
credit-note = Credit note
draft-number = Draft
mark-draft = Draft. This is not an invoice.
mark-void = Void. Corrected by credit note { $number }.
mark-corrects = Corrects invoice { $number }: { $reason }

tax-id = Tax ID { $value }
attention = Attn. { $value }
serial = Serial no. { $value }
vin = VIN { $value }
plate = Plate
odometer = Odometer { $value }
covers =
    { $term ->
        [repair_order] Repair order { $number }
        [job_card] Job card { $number }
        [job_sheet] Job sheet { $number }
       *[work_order] Work order { $number }
    }

number = Number
date-of-issue = Date of issue
date-of-supply =
    { $country ->
        [US] Date of service
       *[other] Date of supply
    }
due = Due
billed-to = Billed to
credited-to = Credited to

lines-caption = Lines of the document
quantity = Quantity
unit-price = Unit price
tax = Tax
net =
    { $country ->
        [US] Amount
       *[other] Net
    }
subtotal =
    { $country ->
        [US] Subtotal
       *[other] Net
    }
part-number = Part no. { $value }
tax-on =
    { $country ->
        [US] Sales tax { $rate } on { $net }
       *[other] Tax { $rate } on { $net }
    }
total = Total
total-credited = Total credited

paid-on =
    { $method ->
        [card] Paid on { $day }, card
        [cash] Paid on { $day }, cash
        [transfer] Paid on { $day }, bank transfer
        [upi] Paid on { $day }, UPI
        [cheque] { $country ->
            [US] Paid on { $day }, check
           *[other] Paid on { $day }, cheque
        }
       *[other] Paid on { $day }
    }
balance-due = Balance due
please-pay = Please pay { $amount } by { $day }, quoting { $number }.
paid-thanks = Paid. Thank you.
rounding = All amounts in { $currency }. Tax is rounded on each line.
