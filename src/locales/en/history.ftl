# The printed history of a vehicle or a customer.

history-title = Service history
history-empty = Not here before.
# Beside a job that the customer did not pay for.
history-internal = internal
history-warranty = warranty
phase =
    { $phase ->
        [received] Received
        [diagnosing] Diagnosing
        [awaiting_approval] Awaiting approval
        [approved] Approved
        [waiting_for_parts] Waiting for parts
        [in_progress] In progress
        [quality_check] Quality check
        [ready] Ready
        [delivered] Delivered
       *[cancelled] Cancelled
    }
