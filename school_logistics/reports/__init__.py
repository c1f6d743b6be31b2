"""Paper and workbooks: printed forms made of blocks, the blocks drawn as PDF, and the annual return.

Reads the ledgers, never writes them. reportlab is known to `pdf` and `fonts` alone, openpyxl to `workbook` alone.
"""
