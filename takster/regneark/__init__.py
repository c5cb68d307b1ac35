"""Columns of the workbooks of the tariff app."""
