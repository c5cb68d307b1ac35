"""All takstskemaer of a driftsherre as one Excel workbook: out with everything prefilled, in with every change shown.

Columns come from the fields of `Skemaformular`, so a field of the form is a column here without more code.
"""
