"""Central monitoring: how good a site's data are, what contradicts itself across forms and visits, what was changed."""
