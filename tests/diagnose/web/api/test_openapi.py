"""That what the API says of itself is true."""

import json
import re

import pytest

from tests.diagnose.people import make_firm


class TestDescription:
    @pytest.fixture
    def document(self, client):
        return client.get("/api/v1/openapi.json").json

    def test_every_route_is_in_it(self, app, document):
        offered = {
            (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
            for rule in app.url_map.iter_rules()
            if rule.endpoint.startswith("api.") and rule.endpoint != "api.openapi"
            for method in rule.methods - {"HEAD", "OPTIONS"}
        }
        described = {(path, way) for path, ways in document["paths"].items() for way in ways}
        assert described == offered

    def test_it_holds_together(self, document):
        assert document["openapi"] == "3.1.0"
        schemas = document["components"]["schemas"]
        for ref in re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)):
            assert ref in schemas
        names = [op["operationId"] for ways in document["paths"].values() for op in ways.values()]
        assert len(names) == len(set(names))
        for path, ways in document["paths"].items():
            for said in ways.values():
                inside = {p["name"] for p in said["parameters"] if p["in"] == "path"}
                assert inside == set(re.findall(r"{(\w+)}", path))
                assert {"200", "401", "403", "429", "500"} <= set(said["responses"])
                for code, reply in said["responses"].items():
                    [content] = reply["content"].values()
                    error = content["schema"] == {"$ref": "#/components/schemas/ErrorReply"}
                    assert error == (int(code) >= 400)

    def test_what_is_answered_is_what_it_describes(self, session, officer, document):
        make_firm(session)
        for path in ("/roster", "/coverage", "/results", "/reports"):
            said = document["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]
            name = said["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            schema = document["components"]["schemas"][name]
            reply = officer.get(path)
            assert set(reply) == set(schema["properties"])

    def test_it_is_told_in_both_languages(self, client):
        for language, word in (("zh", "名录"), ("en", "Roster")):
            text = client.get("/api/v1/openapi.json", headers={"Accept-Language": language}).json
            assert text["paths"]["/api/v1/roster"]["get"]["summary"].startswith(word)
