"""Describe how languages join and divide quantities, and what they call units of measure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

# How many characters before a number to look for words.
_NEAR = 20


@dataclass(frozen=True)
class NumberGrammar:
    """The words that one language uses around numbers.

    Attributes:
        to: The words between the ends of a range.
        either: The words between two quantities that share a unit.
        ahead: The word before a range with `either` between its ends.
        divides: The words between a quantity and its divisor.
        adverbs: Words that divide by a time, with that time.
        units: Words for each unit, in any case, by its usual symbol.
    """

    to: str
    either: str
    ahead: str
    divides: str
    adverbs: Mapping[str, str]
    units: Mapping[str, str]

    def is_range(self, text: str, start: int, end: int, next: int) -> bool:
        """Return whether a number in a text is the lower end of a range.

        Args:
            text: The text.
            start: Where the number starts.
            end: Where it ends.
            next: Where the next number starts.
        """
        if self._between.search(text, max(0, start - _NEAR), start) and self._either.fullmatch(text, end, next):
            return True
        return self._to.fullmatch(text, end, next) is not None

    def joins(self, text: str, end: int, start: int) -> bool:
        """Return whether the text between two numbers lets them share a unit."""
        return any(pattern.fullmatch(text, end, start) for pattern in (self._to, self._either))

    @cached_property
    def _to(self) -> re.Pattern[str]:
        return re.compile(rf"[ \u00a0]?[-–—][ \u00a0]?|[ \u00a0](?:{self.to})[ \u00a0]")

    @cached_property
    def _either(self) -> re.Pattern[str]:
        return re.compile(rf"[ \u00a0](?:{self.either})[ \u00a0]|,[ ]|/")

    @cached_property
    def _between(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{self.ahead})[ \u00a0]$", re.IGNORECASE)


_ENGLISH = NumberGrammar(
    to="to|through|up to",
    either="or|and",
    ahead="between",
    divides="per|an?|each|every",
    adverbs={
        "hourly": "h",
        "daily": "day",
        "weekly": "week",
        "monthly": "month",
        "quarterly": "quarter",
        "yearly": "year",
        "annually": "year",
    },
    units={
        "s": "second sec",
        "min": "minute",
        "h": "hour hr",
        "day": "day",
        "week": "week",
        "month": "month",
        "quarter": "quarter",
        "year": "year yr annum",
        "mm": "millimetre millimeter",
        "cm": "centimetre centimeter",
        "m": "metre meter",
        "km": "kilometre kilometer",
        "mile": "mile",
        "g": "gram gramme",
        "kg": "kilogram kilogramme kilo",
        "t": "tonne",
        "kB": "kilobyte",
        "MB": "megabyte",
        "GB": "gigabyte",
        "TB": "terabyte",
        "KiB": "kibibyte",
        "MiB": "mebibyte",
        "GiB": "gibibyte",
        "TiB": "tebibyte",
        "kbit": "kilobit",
        "Mbit": "megabit",
        "Gbit": "gigabit",
        "°C": "degree_Celsius degrees_Celsius celsius",
        "°F": "degree_Fahrenheit degrees_Fahrenheit fahrenheit",
        "dollar": "dollar US_dollar",
        "EUR": "euro",
        "CHF": "franc",
        "JPY": "yen",
        "%": "percent per_cent",
        "person": "person people persons",
        "engineer": "engineer",
        "developer": "developer",
        "FTE": "full-time_equivalent full_time_equivalent",
    },
)

GRAMMARS: Mapping[str, NumberGrammar] = {
    "en": _ENGLISH,
    "de": NumberGrammar(
        to="bis",
        either="oder|und",
        ahead="zwischen",
        divides="pro|je|im|in der|per",
        adverbs={
            "stündlich": "h",
            "täglich": "day",
            "wöchentlich": "week",
            "monatlich": "month",
            "vierteljährlich": "quarter",
            "jährlich": "year",
        },
        units={
            "s": "Sekunde Sekunden",
            "min": "Minute Minuten",
            "h": "Stunde Stunden",
            "day": "Tag Tage Tagen",
            "week": "Woche Wochen",
            "month": "Monat Monate Monaten",
            "quarter": "Quartal Quartale Quartalen",
            "year": "Jahr Jahre Jahren",
            "mm": "Millimeter Millimetern",
            "cm": "Zentimeter Zentimetern",
            "m": "Meter Metern",
            "km": "Kilometer Kilometern",
            "mile": "Meile Meilen",
            "g": "Gramm",
            "kg": "Kilogramm Kilo",
            "t": "Tonne Tonnen",
            "°C": "Grad_Celsius",
            "°F": "Grad_Fahrenheit",
            "dollar": "Dollar",
            "EUR": "Euro",
            "CHF": "Franken",
            "%": "Prozent",
            "person": "Person Personen",
            "FTE": "VZÄ Vollzeitstelle Vollzeitstellen Vollzeitäquivalent Vollzeitäquivalente",
        },
    ),
    "fr": NumberGrammar(
        to="à",
        either="ou|et",
        ahead="entre",
        divides="par|per",
        adverbs={},
        units={
            "s": "seconde secondes",
            "min": "minute minutes",
            "h": "heure heures",
            "day": "jour jours",
            "week": "semaine semaines",
            "month": "mois",
            "quarter": "trimestre trimestres",
            "year": "an ans année années",
            "mm": "millimètre millimètres",
            "cm": "centimètre centimètres",
            "m": "mètre mètres",
            "km": "kilomètre kilomètres",
            "mile": "mille milles",
            "g": "gramme grammes",
            "kg": "kilogramme kilogrammes kilo kilos",
            "t": "tonne tonnes",
            "dollar": "dollar dollars",
            "EUR": "euro euros",
            "CHF": "franc francs",
            "%": "pour_cent",
            "person": "personne personnes",
            "FTE": "ETP équivalent_temps_plein équivalents_temps_plein",
        },
    ),
    "es": NumberGrammar(
        to="a",
        either="o|y",
        ahead="entre",
        divides="por|al|a la|cada|per",
        adverbs={},
        units={
            "s": "segundo segundos",
            "min": "minuto minutos",
            "h": "hora horas",
            "day": "día días",
            "week": "semana semanas",
            "month": "mes meses",
            "quarter": "trimestre trimestres",
            "year": "año años",
            "mm": "milímetro milímetros",
            "cm": "centímetro centímetros",
            "m": "metro metros",
            "km": "kilómetro kilómetros",
            "mile": "milla millas",
            "g": "gramo gramos",
            "kg": "kilogramo kilogramos kilo kilos",
            "t": "tonelada toneladas",
            "dollar": "dólar dólares",
            "EUR": "euro euros",
            "CHF": "franco francos",
            "%": "por_ciento",
            "person": "persona personas",
            "FTE": "ETC equivalente_a_tiempo_completo",
        },
    ),
    "ja": NumberGrammar(to="から", either="か|と", ahead="(?!)", divides="per", adverbs={}, units={}),
}
