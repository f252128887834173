"""The bundled rule set: "Self-hosting vs Cloud" for Medplum."""

from assessor.rulesets.self_hosting.ruleset import ruleset

__all__ = ["ruleset"]
