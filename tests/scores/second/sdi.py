"""The damage index once more, from the papers and the protocol alone: the form, and its total for complete answers."""

from __future__ import annotations

# Domain and its greatest points; below it its items, "x2" where a second event counts, "x3" end-stage renal disease.
FORM = """
ocular 2
  cataract
  retinal_optic
neuropsychiatric 6
  cognitive_psychosis
  seizures_6m
  stroke x2
  neuropathy
  transverse_myelitis
renal 3
  gfr_lt50
  proteinuria_3_5
  esrd x3
pulmonary 5
  pulm_hypertension
  pulm_fibrosis
  shrinking_lung
  pleural_fibrosis
  pulm_infarction
cardiovascular 6
  angina_cabg
  mi x2
  cardiomyopathy
  valvular
  pericarditis_6m
peripheral_vascular 5
  claudication_6m
  minor_tissue_loss
  significant_tissue_loss x2
  venous_thrombosis
gastrointestinal 6
  gi_infarction_resection x2
  mesenteric_insufficiency
  chronic_peritonitis
  stricture_upper_gi_surgery
  pancreatic_insufficiency
musculoskeletal 7
  muscle_atrophy
  deforming_arthritis
  osteoporosis_fracture
  avascular_necrosis x2
  osteomyelitis
  ruptured_tendon
skin 3
  scarring_alopecia
  skin_scarring
  skin_ulcer_6m
endocrine 2
  gonadal_failure
  diabetes
malignancy 2
  malignancy x2
"""
VALUES = {"": [0, 1], "x2": [0, 1, 2], "x3": [0, 3]}

MOST: dict[str, int] = {}
ITEMS: dict[str, list[int]] = {}
DOMAIN: dict[str, str] = {}
for line in filter(None, FORM.split("\n")):
    name, _, mark = line.strip().partition(" ")
    if line.startswith(" "):
        ITEMS[name] = VALUES[mark]
        DOMAIN[name] = list(MOST)[-1]
    else:
        MOST[name] = int(mark)


def domains(answers: dict[str, int]) -> dict[str, int]:
    """Points by domain: end-stage renal disease stands for all of the renal one."""
    sums = dict.fromkeys(MOST, 0)
    for item, points in answers.items():
        sums[DOMAIN[item]] += points
    if answers["esrd"] == 3:
        sums["renal"] = 3
    return sums


def total(answers: dict[str, int]) -> int:
    return sum(domains(answers).values())
