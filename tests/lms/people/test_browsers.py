"""What a browser is called, and that saying it twice says the same."""

import pytest

from lms.people.browsers import browser_of

MOZILLA = "Mozilla/5.0 "
GECKO = "(KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "program", "system"),
    [
        (
            f"{MOZILLA}(X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox",
            "Linux",
        ),
        (
            f"{MOZILLA}(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 {GECKO} "
            "Chrome/140.0.0.0 Safari/537.36",
            "Chrome",
            "Windows",
        ),
        (
            f"{MOZILLA}(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 {GECKO} "
            "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge",
            "Windows",
        ),
        (
            f"{MOZILLA}(Linux; Android 14; SM-A145M) AppleWebKit/537.36 {GECKO} "
            "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
            "Samsung Internet",
            "Android",
        ),
        (
            f"{MOZILLA}(iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
            f"{GECKO} Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari",
            "iPhone",
        ),
        (
            f"{MOZILLA}(iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 {GECKO} "
            "CriOS/140.0 Mobile/15E148 Safari/604.1",
            "Chrome",
            "iPad",
        ),
        (
            f"{MOZILLA}(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 {GECKO}"
            " Version/18.0 Safari/605.1.15",
            "Safari",
            "Mac",
        ),
        (
            f"{MOZILLA}(X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 {GECKO} "
            "Chrome/140.0.0.0 Safari/537.36",
            "Chrome",
            "ChromeOS",
        ),
        (
            "Opera/9.80 (Android; Opera Mini/36.2/191; U; es) Presto/2.12",
            "Opera",
            "Android",
        ),
        ("curl/8.5", "", ""),
        ("", "", ""),
    ],
)
def test_browser_is_read_and_read_again(user_agent, program, system):
    browser = browser_of(user_agent)

    assert browser == (program, system)
    assert browser_of(str(browser)) == browser
