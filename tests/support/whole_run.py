"""A run as a whole: one PostgreSQL for all its processes, whole files for each, what really ran, no silent skipping.

A pytest plugin. With REQUIRE_ALL=1 a test that is skipped fails, unless its reason names the folder ../shared, which
only some machines have.
"""

import os

import pytest
from xdist.scheduler import LoadGroupScheduling

from tests.support import real_servers
from tests.support.postgresql import Cluster, NoPostgreSQL

MAY_BE_ABSENT = "../shared"

_cluster_key = pytest.StashKey[Cluster]()


class WholeFiles(LoadGroupScheduling):
    """Gives a process whole files, so that what a file prepares for its tests is prepared once; groups stay together."""

    def _split_scope(self, nodeid: str) -> str:
        group = super()._split_scope(nodeid)
        return nodeid.partition("::")[0] if group == nodeid else group


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log) -> LoadGroupScheduling | None:
    return WholeFiles(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.fixture(scope="session")
def postgresql_url(pytestconfig: pytest.Config) -> str:
    """The address of this run's PostgreSQL; the test is skipped where no binaries are found."""
    if hasattr(pytestconfig, "workerinput"):
        url = pytestconfig.workerinput["postgresql"]
    else:
        url = _url_of_own_cluster(pytestconfig)
    if url is None:
        pytest.skip("no PostgreSQL: install the `test` extra, or set PG_BIN to a folder with initdb and pg_ctl")
    return url


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Tell a process that runs tests where the server is that this one starts for all of them."""
    node.workerinput["postgresql"] = _url_of_own_cluster(node.config)


def pytest_unconfigure(config: pytest.Config) -> None:
    cluster = config.stash.get(_cluster_key, None)
    if cluster is not None:
        cluster.stop()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["real_servers"] = real_servers.ran


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error) -> None:
    real_servers.ran.update(getattr(node, "workeroutput", {}).get("real_servers", {}))


def pytest_terminal_summary(terminalreporter) -> None:
    ran = ", ".join(f"{name} {version}" for name, version in sorted(real_servers.ran.items()))
    terminalreporter.write_line(f"Real servers and browsers in this run: {ran or 'none were needed'}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    is_expected = hasattr(report, "wasxfail")
    return report if is_expected else _failed_if_skipped(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return _failed_if_skipped((yield))


def _failed_if_skipped(report):
    if report.skipped and os.environ.get("REQUIRE_ALL") == "1":
        _path, _line, reason = report.longrepr
        if MAY_BE_ABSENT not in reason:
            report.outcome = "failed"
            report.longrepr = f"skipped although REQUIRE_ALL=1: {reason}"
    return report


def _url_of_own_cluster(config: pytest.Config) -> str | None:
    if _cluster_key not in config.stash:
        try:
            cluster = Cluster()
        except NoPostgreSQL:
            return None
        cluster.start()
        config.stash[_cluster_key] = cluster
    return config.stash[_cluster_key].url
