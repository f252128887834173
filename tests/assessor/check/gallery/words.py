"""The questions and facts that the rule sets of the gallery share."""

from __future__ import annotations

from assessor import Choice, Fact, Number, Option, YesNo

DAY = "2026-01-31"
SOURCE = "https://example.org/wind"

dry = YesNo("dry", "Is it dry?", yes="it is dry", no="it rains")
light = YesNo("light", "Is it light?", yes="it is light", no="it is dark")
calm = YesNo("calm", "Is the air calm?", yes="the air is calm", no="the air is not calm")
pilot = YesNo("pilot", "Is there a pilot?", yes="there is a pilot", no="there is no pilot")
permit = YesNo("permit", "Do you have the permit?", yes="you have the permit", no="you have no permit")
place = Choice(
    "place",
    "Where do you fly?",
    [
        Option("field", "In the field", "you fly in the field"),
        Option("city", "In a city", "you fly in a city"),
        Option("hall", "In a hall", "you fly in a hall"),
    ],
)
wind = Number("wind", "How strong is the wind?", minimum=0, maximum=40, unit="kn", name="the wind")
mass = Number("mass", "How heavy is the drone?", minimum=0, maximum=25, unit="kg", name="the drone's mass")
gale = Fact("gale", 17, "kn", source=SOURCE, checked=DAY)
breeze = Fact("breeze", 8, "kn", source=SOURCE, checked=DAY)
