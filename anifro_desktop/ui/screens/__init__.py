"""The pictures of every screen, made by the program itself: `python -m anifro_desktop.ui.screens OUTDIR`.

A synthetic practice site is built through the real workflows, the real window is driven, and what it paints is saved,
in both languages, light and dark, at 100 and 200 %. All patients are synthetic.
"""
