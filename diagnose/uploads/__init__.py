"""Files that are handed in: which are taken, told by their content, and under what name.

Nothing here opens a file for what it says; it is looked at only as far as its form shows.
"""

from diagnose.uploads.inspecting import Inspected, inspect
from diagnose.uploads.names import proper_name
from diagnose.uploads.refusals import LARGEST, UploadRefused

__all__ = ["LARGEST", "Inspected", "UploadRefused", "inspect", "proper_name"]
