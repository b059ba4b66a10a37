"""What browsers are told that pages of this site may do: everything from the site itself, nothing from elsewhere."""

from typing import Any, Final

_SELF: Final = "'self'"
_NONE: Final = "'none'"
_INLINE: Final = "'unsafe-inline'"

PUBLIC: Final[dict[str, Any]] = {
    "DIRECTIVES": {
        "default-src": [_SELF],
        "script-src": [_SELF],
        "style-src": [_SELF],
        "img-src": [_SELF],
        "font-src": [_SELF],
        "connect-src": [_SELF],
        "form-action": [_SELF],
        "frame-src": [_NONE],
        "frame-ancestors": [_NONE],
        "base-uri": [_NONE],
        "object-src": [_NONE],
    }
}

# Wagtail's own pages carry inline scripts and styles, and show a page's preview in a frame.
ADMIN: Final[dict[str, Any]] = {
    "DIRECTIVES": {
        **PUBLIC["DIRECTIVES"],
        "script-src": [_SELF, _INLINE],
        "style-src": [_SELF, _INLINE],
        "img-src": [_SELF, "data:", "blob:"],
        "frame-src": [_SELF],
        "frame-ancestors": [_SELF],
    }
}

PERMISSIONS: Final[dict[str, str]] = {
    # Passkeys are asked for by our own pages only; nothing else is asked for by anybody.
    "publickey-credentials-create": "(self)",
    "publickey-credentials-get": "(self)",
    **dict.fromkeys(
        (
            "accelerometer",
            "autoplay",
            "browsing-topics",
            "camera",
            "display-capture",
            "encrypted-media",
            "fullscreen",
            "geolocation",
            "gyroscope",
            "hid",
            "idle-detection",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "screen-wake-lock",
            "serial",
            "usb",
            "xr-spatial-tracking",
        ),
        "()",
    ),
}
