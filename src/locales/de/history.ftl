# Der gedruckte Verlauf eines Fahrzeugs oder eines Kunden.

history-title = Servicehistorie
history-empty = Bisher kein Besuch.
# Neben einer Arbeit, die der Kunde nicht bezahlt hat.
history-internal = intern
history-warranty = Garantie
phase =
    { $phase ->
        [received] Angenommen
        [diagnosing] In Diagnose
        [awaiting_approval] Wartet auf Freigabe
        [approved] Freigegeben
        [waiting_for_parts] Wartet auf Teile
        [in_progress] In Arbeit
        [quality_check] Endkontrolle
        [ready] Abholbereit
        [delivered] Übergeben
       *[cancelled] Storniert
    }
