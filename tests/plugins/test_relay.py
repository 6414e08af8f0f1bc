"""The relay lives as long as its application, and what one plugin does is nobody else's matter."""

import pytest

from backoffice.plugins import PluginError, Relay, ServiceType, hookimpl, load


class Kind(ServiceType):
    """A type that some plugin brings."""


class Willing:
    @hookimpl
    def service_types(self):
        return [Kind]


class Raising:
    def __init__(self, error: BaseException) -> None:
        self.error = error

    @hookimpl
    def service_types(self):
        raise self.error


class RaisingLate:
    @hookimpl
    def service_types(self):
        yield Kind
        raise ZeroDivisionError


class Wrapping:
    @hookimpl(wrapper=True)
    def service_types(self):
        return (yield)


class Misspelt:
    @hookimpl
    def service_type(self):
        return [Kind]


def relay(**plugins: object) -> Relay:
    made = Relay()
    for name, plugin in plugins.items():
        made.register(plugin, name)
    return made


def test_each_reply_has_the_name_of_its_plugin():
    replies = relay(beta=Willing(), alpha=Willing()).service_types()

    assert [(reply.plugin, reply.value) for reply in replies] == [("alpha", (Kind,)), ("beta", (Kind,))]


@pytest.mark.parametrize("error", [ZeroDivisionError(), SystemExit(3), KeyboardInterrupt(), GeneratorExit()], ids=repr)
def test_whatever_a_plugin_raises_is_its_reply_and_the_others_are_asked(error: BaseException):
    broken, willing = relay(alpha=Raising(error), beta=Willing()).service_types()

    assert (broken.plugin, broken.outcome) == ("alpha", error)
    assert willing.value == (Kind,)
    with pytest.raises(type(error)):
        _ = broken.value


def test_what_a_plugin_raises_half_way_through_is_its_reply_too():
    (reply,) = relay(alpha=RaisingLate()).service_types()

    assert isinstance(reply.outcome, ZeroDivisionError)


@pytest.mark.parametrize(
    ("plugin", "words"),
    [(Misspelt(), "unknown hook 'service_type'"), (Wrapping(), "wraps the hook service_types")],
    ids=lambda value: type(value).__name__,
)
def test_a_plugin_that_cannot_be_asked_alone_is_refused_and_forgotten(plugin: object, words: str):
    made = relay(beta=Willing())

    with pytest.raises(PluginError, match=words):
        made.register(plugin, "alpha")
    assert made.plugins == ("beta",)
    assert [reply.plugin for reply in made.service_types()] == ["beta"]


def test_one_module_is_not_two_plugins():
    plugin = Willing()
    made = relay(alpha=plugin)

    with pytest.raises(PluginError, match="is the module of plugin alpha as well"):
        made.register(plugin, "beta")


def test_those_that_are_left_out_are_asked_no_more():
    whole = relay(alpha=Willing(), beta=Willing())

    assert [reply.plugin for reply in whole.without({"alpha"}).service_types()] == ["beta"]
    assert whole.plugins == ("alpha", "beta")


def test_the_plugins_of_a_registry_can_be_asked_again(install):
    install("alpha")
    registry = load(("alpha",), strict=True)

    (reply,) = registry.relay.service_types()

    assert reply.plugin == "alpha"
    assert isinstance(registry.service_types["alpha"], reply.value[0])


def test_a_plugin_that_is_refused_is_not_asked(install):
    install("alpha", body="version = 0")

    registry = load(("alpha",), strict=False)

    assert [one.name for one in registry.refused] == ["alpha"]
    assert registry.relay.plugins == ()


def test_a_plugin_that_is_refused_later_is_not_asked_any_more(install):
    install("alpha")
    registry = load(("alpha",), strict=True)
    refused = load(("nothing_such",), strict=False).refused

    left = registry.without([type(refused[0])("alpha", "trial-alpha", "1.0", "clashes")])

    assert (dict(left.service_types), left.relay.plugins) == ({}, ())
    assert registry.relay.plugins == ("alpha",)
