"""学校后勤台账: the desk tool of a school's logistics clerk; ledgers in, inspection forms and the annual return out.

Rooms, from the bottom: `errors` and `paths`, `rules`, `models`, `reports`, `catalogue`, `services`, `ui`, and on top
`app` and `cli`. Each may use only the rooms below it; `tests/architecture` keeps it so.
"""
