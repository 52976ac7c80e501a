"""The screens: Qt Widgets that show a session and tell what was done; meaning belongs below them."""
