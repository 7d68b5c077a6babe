"""A tour of the service: every kind of page that somebody can reach by following links."""

from collections import deque
from urllib.parse import urljoin, urlsplit

from werkzeug.exceptions import HTTPException

from tests.diagnose.people import sign_in
from tests.diagnose.web.pages import Page

HTML = "text/html"


def tour(app, account, most=400):
    """One address for each page (by endpoint, and state where it shows one) that links lead to."""
    client, routes = app.test_client(), app.url_map.bind("localhost")
    if account is not None:
        sign_in(client, account)
    waiting, seen, found = deque(["/"]), {"/"}, {}
    while waiting and len(seen) < most:
        path = waiting.popleft()
        response = client.get(path, follow_redirects=True)
        if response.mimetype != HTML:
            continue
        path = response.request.full_path.rstrip("?")
        assert response.status_code == 200, (path, response.status_code)
        page = Page(response).check()
        endpoint = endpoint_of(routes, path)
        found.setdefault(endpoint, path)
        for link in page.all("a"):
            onward = own(path, link.get("href") or "")
            name = onward and endpoint_of(routes, onward)
            if onward and onward not in seen and name not in found:
                seen.add(onward)
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
