"""Reading PDFs back, for all tests of paper."""

import page
import pypdfium2
import pytest

FALSE_ALARM = "PDFA2A-STREAM-LENGTH-001"
"""page 0.11 takes a CR that happens to be the last byte of packed data for part of the line end."""


@pytest.fixture
def page_texts():
    """The text of each page, as a reader would copy it."""

    def read(pdf):
        with pypdfium2.PdfDocument(pdf) as document:
            return [single.get_textpage().get_text_range() for single in document]

    return read


@pytest.fixture
def broken_rules():
    """What the PDF/UA-1 and PDF/A-2a rules find wrong; empty is good."""

    def check(pdf):
        reports = [page.validate_pdf_bytes(pdf, profile=profile) for profile in ("ua1", "2a")]
        assert all(report.rules.total > 100 for report in reports)
        return [
            failure.message
            for report in reports
            for failure in report.failures
            if failure.rule_id != FALSE_ALARM
        ]

    return check
