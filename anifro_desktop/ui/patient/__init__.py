"""One patient: the page with the course and the events, adding an event, and mending what was entered by mistake."""
