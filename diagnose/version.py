"""The version of the service, said once."""

VERSION = "0.1.0"
