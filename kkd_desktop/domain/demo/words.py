"""Which words is the invented caseload made of? No real person, no real street."""

_LAST_NAMES = (
    "Andernfalls Attrappe Beispiel Bogen Durchschlag Einfall Entwurf Erstfassung Exempel Fall "
    "Fassung Formular Gegenprobe Gleichnis Kladde Konzept Kopie Lückentext Merkblatt Modell Muster "
    "Nachweis Notiz Paradigma Platzhalter Probe Prototyp Rohfassung Schablone Schema Skizze Sonder "
    "Stichprobe Test Übung Umriss Variante Versuch Vordruck Vorlage Zettel Zweitschrift"
)
LAST_NAMES = tuple(_LAST_NAMES.split())

_FIRST_NAMES = (
    "Adele Agnieszka Ahmet Aleksandra Alina Amadou Amina Anh Anton Arta Ayşe Bahar Ben Björn "
    "Bogdan Cem Chiara Daria David Deniz Dilara Dorota Dragan Elif Emeka Emil Erik Esra Fatima "
    "Filip Florin Frida Goran Greta Hamid Hanna Hatice Ibrahim Ilse Ines Ivana Jakub Jannis Jelena "
    "Jonas Joana Karim Katarzyna Kim Kofi Lan Leyla Lena Linh Luca Maja Malik Maria Marlene Mehmet "
    "Mihai Miriam Moritz Nadia Nele Nguyen Nino Noor Olga Oleksij Oskar Paul Petra Rahel Rana Rolf "
    "Rosa Samira Samuel Sara Selma Sergej Sofia Soraya Svetlana Tarik Tatjana Thea Tomasz Ursula "
    "Valentina Viktor Wanda Xenia Yara Yusuf Zahra Zeynep Zoran"
)
FIRST_NAMES = tuple(_FIRST_NAMES.split())

LONG_NAMES = (
    ("Muster-Vordruckschablone von und zu Platzhalter-Beispielhausen", "Maximiliane Theodora"),
    (
        "Erstfassung-Rohentwurf geborene Stichprobenvorlagensammlung zu Zweitschrift",
        "Konstantin-Alexander Emmanuel Ferdinand Maria",
    ),
)

STREETS = (
    "Am Entwurf",
    "An der Vorlage",
    "Beispielallee",
    "Formularweg",
    "Kladdengasse",
    "Modellplatz",
    "Musterstraße",
    "Probeweg",
    "Schablonenring",
    "Skizzenstieg",
    "Testgasse",
    "Vordruckufer",
)

PLACES = (("99999", "Musterstadt"), ("99999", "Musterstadt"), ("00099", "Probedorf"))
"""No German postcode is 99999, and none begins with 00."""

ADDITIONS = ("Hinterhaus, 2. Etage", "c/o Wohngruppe Vorlage; Aufgang B")
"""Of the first homes, one each."""

PURPOSES = (
    "Gespräch über die berufliche Situation",
    "Fortschreibung des Kooperationsplans",
    "Bewerberangebot und Stellensuche",
    "Auswertung der Eigenbemühungen",
    "Vorbereitung einer Weiterbildung",
)

NOTES = (
    (
        "Bewerbung bei der Spedition besprochen, Führerschein liegt vor.",
        "Zwei Vorstellungsgespräche in vier Wochen",
        "Vermittlungsbudget: Fahrtkosten",
    ),
    (
        "Unterlagen gesichtet, Lebenslauf gemeinsam überarbeitet.",
        "Fünf Bewerbungen bis zum nächsten Gespräch",
        "Vermittlungsbudget: Bewerbungskosten",
    ),
    (
        "Sprachkurs läuft, Prüfung in zwei Monaten.",
        "Zertifikat B1 vorlegen",
        "Integrationskurs",
    ),
    (
        "Praktikum im Lager hat gefallen, Betrieb meldet sich.",
        "Zusage für die Probearbeit klären",
        "Maßnahme bei einem Arbeitgeber",
    ),
    (
        "Interesse an einer Umschulung, Eignung noch offen.",
        "Eignungstest vereinbaren",
        "Berufspsychologischer Service",
    ),
    (
        "Kinderbetreuung ab Herbst gesichert, Teilzeit möglich.",
        "Suchprofil auf Teilzeit umstellen",
        "Beratung durch die BCA",
    ),
    (
        "Schulden belasten die Stellensuche, Beratung gewünscht.",
        "Ersten Termin bei der Schuldnerberatung wahrnehmen",
        "Kommunale Leistung: Schuldnerberatung",
    ),
    (
        "Staplerschein abgelaufen, Auffrischung sinnvoll.",
        "Anbieter vergleichen und Kurs wählen",
        "Bildungsgutschein",
    ),
    (
        "Stellenangebote im Verkauf besprochen.",
        "Auf drei Angebote bewerben, Rückmeldung geben",
        "Vermittlungsvorschläge",
    ),
    (
        "Stand nach der Maßnahme besprochen, Tagesstruktur steht.",
        "Ergebnisse auswerten, nächsten Schritt festlegen",
        "Aktivierungs- und Vermittlungsgutschein",
    ),
)
"""Inhalt, Ziel/Zwischenziel, Mitteleinsatz."""

SHORT_NOTES = (
    "Rückfrage zum Termin beantwortet.",
    "Nachweis abgegeben.",
    "Stellenangebot zugesandt.",
    "Teilt mit, dass die Bewerbung läuft.",
    "Bittet um Rückruf.",
    "Bescheinigung angefordert.",
)

PHONE_REASONS = (
    "arbeitet zu den Sprechzeiten",
    "Betreuung der Kinder heute nicht möglich",
    "Anreise derzeit nicht zumutbar",
    "kurze Abstimmung vor dem Praktikum",
)

DEVIATIONS = (
    "ausstehendes Gutachten",
    "Einstellungszusage",
    "Maßnahme vereinbart, bis zum Beginn nichts zu besprechen",
    "stationäre Behandlung",
)
