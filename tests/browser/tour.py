"""A tour of the service: every kind of page that somebody can reach by following links."""

from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

from werkzeug.exceptions import HTTPException

from tests.diagnose.people import sign_in
from tests.diagnose.web.pages import Page

HTML = "text/html"
TRIES = 3  # addresses of one page tried before another is enough


def tour(app, account):
    """One address for each page, by endpoint, that links lead to from the first page on."""
    client, routes = app.test_client(), app.url_map.bind("localhost")
    if account is not None:
        sign_in(client, account)
    waiting, queued, found = deque(["/"]), Counter(), {}
    while waiting:
        response = client.get(waiting.popleft(), follow_redirects=True)
        if response.mimetype != HTML:
            continue
        path = response.request.full_path.rstrip("?")
        assert response.status_code == 200, (path, response.status_code)
        page = Page(response).check()
        found.setdefault(endpoint_of(routes, path), path)
        for link in page.all("a"):
            onward = own(path, link.get("href") or "")
            name = onward and endpoint_of(routes, onward)
            if onward and name not in found and queued[name] < TRIES:
                queued[name] += 1
                waiting.append(onward)
    return found


def own(page, href):
    """The address on this service that a link leads to; '' for others."""
    if href.startswith(("#", "mailto:", "data:")):
        return ""
    parts = urlsplit(urljoin(f"http://localhost{page}", href))
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if parts.netloc == "localhost" else ""


def endpoint_of(routes, path):
    try:
        return routes.match(urlsplit(path).path, method="GET")[0]
    except HTTPException:
        return f"no page: {path}"
