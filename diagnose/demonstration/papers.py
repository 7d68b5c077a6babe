"""Papers of the demonstration: a page that says what it stands for, kept as an attachment."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from sqlmodel import Session

from diagnose.records import Attachment, Diagnosis, Purpose
from diagnose.storage import Store
from reports.lettering.faces import FILES, FONTS

PDF = "application/pdf"
BOLD = "NotoSansSC-Bold"


@dataclass(frozen=True, slots=True)
class Papers:
    """Hands in papers in the name of whoever acts."""

    session: Session
    store: Store

    def hand_in(
        self,
        diagnosis: Diagnosis,
        purpose: Purpose,
        title: str,
        account_id: int | None,
        at: datetime,
    ) -> Attachment:
        """A paper of a diagnosis."""
        content = _page(title)
        key = f"attachments/{diagnosis.firm_id}/{secrets.token_hex(16)}.pdf"
        self.store.put(key, content)
        row = Attachment(
            firm_id=diagnosis.firm_id,
            diagnosis_id=diagnosis.id,
            purpose=purpose,
            name=f"{title}.pdf",
            media_type=PDF,
            size=len(content),
            sha256=sha256(content).hexdigest(),
            key=key,
            account_id=account_id,
            added_at=at,
        )
        self.session.add(row)
        self.session.flush()
        return row


@cache
def _page(title: str) -> bytes:
    """One page with its title in the middle."""
    registerFont(TTFont(BOLD, FONTS / FILES[True]))
    kept = BytesIO()
    canvas = Canvas(kept, pagesize=A4, invariant=1)
    canvas.setFont(BOLD, 20)
    canvas.drawCentredString(A4[0] / 2, A4[1] * 0.6, title)
    canvas.save()
    return kept.getvalue()
