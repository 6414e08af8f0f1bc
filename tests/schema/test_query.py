"""Reading by GraphQL, on both databases."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from backoffice.query.global_id import from_global_id, to_global_id
from backoffice.query.reader import Reader
from tests.builders import installed_plugins
from tests.schema.conftest import Api


@pytest.fixture(scope="module")
def asset_id(api: Api) -> int:
    """An asset whose customer has a site, with one record done and one open."""
    customer = api.kit.customer(name="چاپ رنگین", phones=("09123456789",))
    site = api.kit.site(customer, 12_500)
    asset = api.kit.purchase(customer_id=customer, site_id=site, serial_number="PD-777")
    api.kit.done(asset, minutes=60, result={"software_version": "5.2"})
    api.kit.recorded(asset, service_type="troubleshooting")
    return asset


def test_the_viewer_is_told_who_they_are(api: Api):
    viewer = api.data("{ viewer { name permissions language staff { name } office { code } } }", by="finance")["viewer"]
    assert viewer["name"] == viewer["staff"]["name"] == "finance"
    assert viewer["office"] == {"code": "HQ"}
    assert "tariff.approve" in viewer["permissions"]
    assert viewer["permissions"] == sorted(viewer["permissions"])
    assert viewer["language"] == "FA"


def test_a_viewer_is_found_by_an_id_of_their_own(api: Api):
    viewer = api.data("{ viewer { id staff { id } } }", by="finance")["viewer"]
    assert viewer["id"] != viewer["staff"]["id"]
    document = "query ($id: ID!) { node(id: $id) { __typename id ... on Viewer { name } } }"
    found = api.data(document, {"id": viewer["id"]}, by="finance")["node"]
    assert found == {"__typename": "Viewer", "id": viewer["id"], "name": "finance"}


def test_a_viewer_is_nobody_elses_node(api: Api):
    own = api.data("{ viewer { id } }", by="finance")["viewer"]["id"]
    assert api.data("query ($id: ID!) { node(id: $id) { id } }", {"id": own}, by="admin") == {"node": None}


def test_an_asset_is_read_with_all_that_hangs_on_it(api: Api, asset_id: int):
    asset = api.data(
        """query ($serial: String!) { asset(by: {serialNumber: $serial}) {
            id serialNumber purchasedOn
            customer { name phones sites { title distanceMetres } }
            product { sku supportPlan { code version published } }
            site { distanceMetres }
            currentPeriods { track status lastDay allowances { key label(language: EN) limit used reserved remaining } }
            serviceRecords(first: 1) { totalCount nodes { number status } pageInfo { hasNextPage endCursor } }
        } }""",
        {"serial": "PD-777"},
    )["asset"]
    assert from_global_id(asset["id"]) == ("Asset", asset_id)
    assert asset["purchasedOn"] == "2025-08-06"
    assert asset["customer"]["phones"] == ["+989123456789"]
    assert asset["site"] == {"distanceMetres": 12_500}
    assert asset["product"]["supportPlan"] == {"code": "padra-standard", "version": 1, "published": True}
    remote = next(
        allowance
        for period in asset["currentPeriods"]
        for allowance in period["allowances"]
        if allowance["key"] == "installation.remote"
    )
    assert (remote["limit"], remote["used"], remote["reserved"], remote["remaining"]) == (2, 1, 0, 1)
    assert asset["serviceRecords"]["totalCount"] == 2
    assert asset["serviceRecords"]["pageInfo"]["hasNextPage"] is True


def test_aliases_and_arguments_of_the_same_field_do_not_mix(api: Api, asset_id: int):
    asset = api.data(
        """query ($id: ID!) { asset(by: {id: $id}) {
            open: serviceRecords(filter: {status: [REQUESTED]}) { totalCount nodes { status } }
            done: serviceRecords(filter: {status: DONE}) { totalCount nodes { state: status } }
            periods: supportPeriods { allowances { fa: label(language: FA) en: label(language: EN) } }
        } }""",
        {"id": to_global_id("Asset", asset_id)},
    )["asset"]
    assert asset["open"] == {"totalCount": 1, "nodes": [{"status": "REQUESTED"}]}
    assert asset["done"] == {"totalCount": 1, "nodes": [{"state": "DONE"}]}
    labels = [allowance for period in asset["periods"] for allowance in period["allowances"]]
    assert labels
    assert all(label["fa"] != label["en"] for label in labels)


def test_fragments_on_an_interface_reach_the_fields_of_each_type(api: Api, asset_id: int):
    nodes = api.data(
        """query ($id: ID!) { asset(by: {id: $id}) { serviceRecords { nodes {
            ...Shared
            ... on InstallationRecord { request { note } result { softwareVersion } }
            ... on TroubleshootingRecord { asked: request { __typename } }
            ... on Node { again: id }
        } } } }
        fragment Shared on ServiceRecord { __typename id serviceType { code } }""",
        {"id": to_global_id("Asset", asset_id)},
    )["asset"]["serviceRecords"]["nodes"]
    by_type = {node["__typename"]: node for node in nodes}
    assert set(by_type) == {"InstallationRecord", "TroubleshootingRecord"}
    assert by_type["InstallationRecord"]["request"] == {"note": None}
    assert by_type["InstallationRecord"]["result"] == {"softwareVersion": "5.2"}
    assert by_type["TroubleshootingRecord"]["asked"] == {"__typename": "TroubleshootingRequest"}
    assert "request" not in by_type["TroubleshootingRecord"]
    assert all(node["again"] == node["id"] for node in nodes)


@pytest.mark.parametrize(("wanted", "keys"), [(True, {"id", "name"}), (False, {"id"})])
def test_skip_and_include_follow_the_variables(api: Api, asset_id: int, wanted: bool, keys: set[str]):
    customer = api.data(
        """query ($id: ID!, $wanted: Boolean!, $not: Boolean!) { asset(by: {id: $id}) { customer {
            id name @include(if: $wanted) ... @skip(if: $not) { name }
        } } }""",
        {"id": to_global_id("Asset", asset_id), "wanted": wanted, "not": not wanted},
    )["asset"]["customer"]
    assert set(customer) == keys


def test_two_selections_of_one_field_are_merged(api: Api, asset_id: int):
    asset = api.data(
        """query ($id: ID!) { asset(by: {id: $id}) { customer { id } ...More customer { code } } }
        fragment More on Asset { customer { name sites { title } } }""",
        {"id": to_global_id("Asset", asset_id)},
    )["asset"]
    assert set(asset["customer"]) == {"id", "code", "name", "sites"}


def test_a_node_is_found_again_by_its_id(api: Api, asset_id: int):
    record = api.data("{ serviceRecords(first: 1) { nodes { id number } } }")["serviceRecords"]["nodes"][0]
    node = api.data(
        "query ($id: ID!) { node(id: $id) { __typename id ... on ServiceRecord { number } } }", {"id": record["id"]}
    )["node"]
    assert node["number"] == record["number"]
    assert node["__typename"].endswith("Record")


@pytest.mark.parametrize("kind", ["Customer", "Asset", "Product", "Site", "SupportPeriod", "SupportPlan", "Office"])
def test_every_kind_of_node_is_found_by_its_id(api: Api, asset_id: int, kind: str):
    found = api.data("query ($id: ID!) { node(id: $id) { __typename } }", {"id": to_global_id(kind, 1)})["node"]
    assert found == {"__typename": kind}


@pytest.mark.parametrize("id_", ["", "nonsense", "UVVFUlk6MQ", "Q3VzdG9tZXI6MDE", "Q3VzdG9tZXI6OTk5OTk5"])
def test_an_id_of_nothing_is_null(api: Api, id_: str):
    assert api.data("query ($id: ID!) { node(id: $id) { id } }", {"id": id_}) == {"node": None}


def test_pages_follow_each_other(api: Api, asset_id: int):
    document = """query ($after: String) {
        serviceRecords(first: 1, after: $after, orderBy: {field: NUMBER, direction: ASC}) {
            edges { cursor node { number } } pageInfo { hasNextPage endCursor } }
    }"""
    first = api.data(document)["serviceRecords"]
    second = api.data(document, {"after": first["pageInfo"]["endCursor"]})["serviceRecords"]
    assert first["edges"][0]["node"]["number"] < second["edges"][0]["node"]["number"]


def test_a_page_has_at_most_100_objects(api: Api):
    assert api.codes("{ customers(first: 101) { nodes { id } } }") == ["LIMIT_EXCEEDED"]


@pytest.mark.parametrize("arguments", ['after: "x"', "first: 1, last: 1"])
def test_a_page_that_makes_no_sense_is_a_bad_request(api: Api, arguments: str):
    assert api.codes(f"{{ customers({arguments}) {{ nodes {{ id }} }} }}") == ["BAD_REQUEST"]


@pytest.mark.parametrize("search", ["چاپ رنگين", "٠٩١٢٣٤٥٦٧٨٩", "09123456789"])
def test_a_customer_is_found_in_any_spelling(api: Api, asset_id: int, search: str):
    nodes = api.data("query ($s: String) { customers(search: $s) { nodes { name } } }", {"s": search})
    assert nodes["customers"]["nodes"] == [{"name": "چاپ رنگین"}]


def test_lists_are_filtered_and_ordered(api: Api, asset_id: int):
    nodes = api.data(
        """{ assets(filter: {serialNumber: {in: ["PD-777"]}, purchasedOn: {gte: "2025-08-06", lt: "2025-08-07"},
            inSupport: true}, orderBy: {field: SERIAL_NUMBER, direction: DESC}) { nodes { serialNumber } } }"""
    )["assets"]["nodes"]
    assert nodes == [{"serialNumber": "PD-777"}]


def test_statistics_are_counted_by_what_is_asked(api: Api, asset_id: int):
    rows = api.data(
        """{ serviceRecordStats(filter: {serviceType: ["installation"]}, groupBy: [SERVICE_TYPE, OUTCOME]) {
            keys { dimension value label } count amount shadowAmount } }"""
    )["serviceRecordStats"]
    assert [key["value"] for key in rows[0]["keys"]] == ["installation", "ALLOWANCE"]
    assert rows[0]["count"] == 1
    assert rows[0]["shadowAmount"] > 0


def test_reference_data_is_there(api: Api):
    data = api.data(
        """{ channels { code label(language: FA) active } supportPlans { code published }
            tariffEditions { jalaliYear version effectiveFrom approved }
            serviceTypes { code label modes subjects needsAsset installed requestJsonSchema } }"""
    )
    assert {channel["code"] for channel in data["channels"]} == {"whatsapp", "portal", "goftino", "phone", "in_person"}
    assert data["supportPlans"] == [{"code": "padra-standard", "published": True}]
    assert len(data["tariffEditions"]) == 4
    assert [found["code"] for found in data["serviceTypes"]] == list(installed_plugins().service_types)
    installation = next(found for found in data["serviceTypes"] if found["code"] == "installation")
    assert installation["modes"] == ["REMOTE", "ON_SITE", "AT_COMPANY", "AT_AGENCY"]
    assert installation["requestJsonSchema"]["type"] == "object"


def test_labels_are_in_the_language_that_the_request_accepts(api: Api):
    document = "{ channels { label } }"
    english = api.data(document, headers={"Accept-Language": "en-GB, fa;q=0.5"})
    persian = api.data(document, headers={"Accept-Language": "fa-IR"})
    assert english != persian
    assert "Phone" in str(english)


def test_a_request_without_a_language_is_answered_in_the_viewers(api: Api):
    document = "{ channels { label } }"
    assert api.data(document, headers={"Accept-Language": ""}) == api.data(document, headers={"Accept-Language": "fa"})


def test_the_fields_of_one_query_see_one_moment_of_the_database(api: Api, monkeypatch: pytest.MonkeyPatch):
    sessions = []
    read = Reader.__init__

    def noted(self: Reader, session: Session, *rest: Any, **named: Any) -> None:
        sessions.append(session)
        read(self, session, *rest, **named)

    monkeypatch.setattr(Reader, "__init__", noted)
    api.data("{ customers { totalCount } assets { totalCount } channels { code } }")
    assert len(sessions) == 1
