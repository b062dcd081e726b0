"""What does each figure of the Auswertung mean? The one place; shown under every figure.

German; whoever shows one says it to its reader.
"""

from kkd_desktop.domain.language import to_say

POPULATION = to_say(
    "Grundgesamtheit sind alle gespeicherten Personen. Wer in einer Zahl nicht enthalten ist, "
    "wird mit dem Grund gezählt und, außer in der Fassung ohne Personen, beim Namen genannt. Im "
    "Bestand ist jemand ab dem Tag der Anmeldung, ohne Anmeldung ab dem ersten Kontakt, ohne "
    "beides immer. Ein Ende kennt das Programm nicht: Wer gelöscht ist, fehlt auch in den "
    "vergangenen Monaten."
)

AS_OF = to_say(
    "Jeder Stichtag wird mit den Angaben, Ausnahmen, Kontakten und Konzeptfassungen dieses Tages "
    "gerechnet, so wie sie heute gespeichert sind (später nachgetragene Angaben zählen mit). "
    "Gerechnet wird mit den Konzepten, die jetzt für den Bestand gewählt sind, jedes in der "
    "Fassung, die am Stichtag galt."
)

DENSITY = to_say(
    "Soll ist die Zahl der Gespräche, die das Konzept mindestens verlangt (jedes erst am letzten "
    "erlaubten Tag), tagesanteilig je Person und Monat: „1 x monatlich“ ist 1 im Monat, „alle 3 "
    "Monate“ ein Drittel, „alle 6 Wochen“ 30,44 / 42; bei Zeiträumen mit Anzahl die Anzahl durch "
    "die Monate; bei Anteilen (z. B. 45 % monatlich) der Anteil, der die meisten Gespräche "
    "verlangt. Erstgespräche und Gespräche zu einem Anlass gehören zur laufenden Vorgabe und "
    "erhöhen das Soll nicht, auch nicht bei Personen, die noch nie gesprochen wurden; nur wo es "
    "keine laufende Vorgabe gibt, zählt ein offenes einmaliges Gespräch 1 in dem halben Monat, in "
    "dem sein letzter Tag liegt. Verlangen mehrere Vorgaben etwas, gilt die strengste. Regel und "
    "Profillage gelten je halben Monat nach dem Stand am 15. und am Monatsletzten. Wer im Monat "
    "dazukommt, hat Soll ab dem Tag der Anmeldung; wer aus der Vorgabe fällt, hat ab dem halben "
    "Monat keins mehr. Bei Ausnahme, fehlender Angabe und ohne Vorgabe gibt es kein Soll. Ist "
    "sind die Tage mit einem Kontakt, der nach diesem Konzept zählt (mehrere an einem Tag sind "
    "einer), von Personen mit Soll. Zählende Kontakte von Personen ohne Soll stehen daneben und "
    "sind im Ist nicht enthalten."
)

STANDINGS = to_say(
    "Erfüllt: Die Vorgabe ist eingehalten und der letzte Tag liegt mehr als 14 Tage weiter. "
    "Fällig: Er liegt in den nächsten 14 Tagen, oder die Anzahl ist hinter dem Takt. Überfällig: "
    "Er ist vorbei. Jede Person steht an jedem Stichtag in genau einer Gruppe; zusammen sind es "
    "alle."
)

SHARES = to_say(
    "Anteil der Personen der Gruppe mit einem zählenden Kontakt in der Spanne bis zum Stichtag. "
    "Wer nie gesprochen wurde, bleibt in der Grundgesamtheit. Verlangt wird die kleinste ganze "
    "Zahl, die den Anteil erreicht."
)

CONTACTS = to_say(
    "Alle erfassten Kontakte nach Form und Vermerk. „Zählt“ heißt: nach mindestens einem der "
    "gewählten Konzepte, mit den Angaben des Kontakttages."
)

SHOW_RATE = to_say(
    "Erschienen von den Terminen, deren Stunde bis zuletzt frei gehalten war (erschienen und "
    "nicht erschienen). Krank gemeldete und abgesagte stehen daneben, ebenso Termine ohne "
    "Ergebnis. Persönliche Kontakte ohne Termin gelten als anderswo vereinbart."
)

CAPACITY = to_say(
    "Vereinbarte und gehaltene Termine der Kalenderwoche mit ihren Stunden, gemessen an der "
    "Vorgabe des Konzepts für die Stunden dieser Woche (Feiertage und Abwesenheit mindern sie). "
    "Abgesagte zählen nicht; gemeinsame Termine zählen ihre Zeit einmal. Gespräche ohne Termin "
    "(persönlich, telefonisch, Video) haben keine Dauer: Sie sind nicht enthalten und stehen "
    "daneben. Die Vorgabe ist die der Fassung, die am Montag der Woche galt; Arbeitszeit und Rolle "
    "sind die von heute."
)

FIRST_TALKS = to_say(
    "Arbeitstage vom Tag der Anmeldung (er zählt nicht mit) bis zum ersten zählenden Kontakt, "
    "nach dem Monat der Anmeldung. Personen ohne Anmeldung sind nicht enthalten; ihre Zahl oder "
    "ihre Namen stehen dabei."
)

MEAN_DAYS = to_say(
    "Mittlere Tage seit dem letzten zählenden Kontakt, von allen Personen mit Vorgabe und "
    "mindestens einem solchen Kontakt; und mittlere Tage über dem letzten Tag, von den "
    "überfälligen."
)

PSEUDONYMOUS = to_say(
    "Ohne Namen, Nummern und Kennungen. Profillagen mit weniger als 3 Personen in einem Monat "
    "stehen zusammen unter „übrige Profillagen“, damit keine Zahl zu einer Person führt; die "
    "Summen bleiben vollständig."
)
