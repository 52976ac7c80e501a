"""The study's data in the formats of other systems: CDISC ODM, CDISC Dataset-JSON, REDCap."""
