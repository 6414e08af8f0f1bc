from backoffice.plugins import PluginRow, list_plugins, load


def test_the_plugins_in_use_come_before_the_refused_ones(install):
    install("alpha", source="1 / 0")
    install("beta")
    used, refused = list_plugins(load(("alpha", "beta"), strict=False))
    assert (used.code, used.distribution, used.reason) == ("beta", "trial-beta 1.0", None)
    assert refused == PluginRow("alpha", "trial-alpha 1.0", None, "ZeroDivisionError: division by zero")


def test_a_plugin_that_is_not_installed_has_no_distribution():
    (row,) = list_plugins(load(("no_such_plugin",), strict=False))
    assert row.distribution == ""
