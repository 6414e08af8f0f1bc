"""What a plugin's own code raised, in a line: for people who read a list, where a traceback is too much."""

from traceback import walk_tb


def told(error: BaseException, package: str) -> str:
    """The error and its words, with the line of ``package`` (the plugin's, by its first name) where it came about."""
    lines = [
        f"{module}, line {line}"
        for frame, line in walk_tb(error.__traceback__)
        if (module := str(frame.f_globals.get("__name__"))).split(".")[0] == package
    ]
    return f"{type(error).__name__}: {error}" + (f" ({lines[-1]})" if lines else "")
