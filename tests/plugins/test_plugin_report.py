import logging

from backoffice.plugins import PluginRow, list_plugins, load, log_refused, plugin_report


def test_the_plugins_in_use_come_before_the_refused_ones(install):
    install("alpha", source="1 / 0")
    install("beta")
    used, refused = list_plugins(load(("alpha", "beta"), strict=False))
    assert (used.code, used.distribution, used.reason) == ("beta", "trial-beta 1.0", None)
    assert refused == PluginRow(
        "alpha", "trial-alpha 1.0", None, "ZeroDivisionError: division by zero (trial_alpha, line 10)"
    )


def test_a_plugin_that_is_not_installed_has_no_distribution():
    (row,) = list_plugins(load(("no_such_plugin",), strict=False))
    assert row.distribution == ""


def test_a_refusal_is_logged_with_the_name_of_the_plugin_and_its_traceback(install, caplog):
    install("alpha", source="1 / 0")
    with caplog.at_level(logging.ERROR):
        log_refused(load(("alpha",), strict=False))
    assert caplog.messages == [
        "plugin alpha (trial-alpha 1.0) is not loaded: ZeroDivisionError: division by zero (trial_alpha, line 10)"
    ]
    assert "Traceback" in caplog.text


def test_a_plugin_that_was_stopped_says_so_and_keeps_its_label(install, monkeypatch):
    install("alpha")
    registry = load(("alpha",), strict=True)
    monkeypatch.setattr(plugin_report, "is_stopped", lambda kind: kind is registry.service_types["alpha"])
    (row,) = list_plugins(registry)
    assert row.label is not None
    assert "given up 3 times" in row.reason
