"""Settings come from the environment, are checked once, and never echo a wrong value."""

from decimal import Decimal
from pathlib import Path

import pytest

from assistant import settings
from assistant.errors import SettingError


def test_without_any_variable_the_server_is_local_and_keeps_its_file_with_the_users_data():
    read = settings.read({"XDG_DATA_HOME": "/data"})
    assert (read.host, read.port) == ("127.0.0.1", 8000)
    assert read.database == Path("/data/liquidation-assistant/conversations.sqlite3")


@pytest.mark.parametrize("folder", ["", "relative"])
def test_a_data_folder_that_is_no_absolute_path_is_not_used(folder):
    read = settings.read({"XDG_DATA_HOME": folder})
    assert read.database == Path.home() / ".local/share/liquidation-assistant/conversations.sqlite3"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("database", "~/kept.sqlite3", Path.home() / "kept.sqlite3"),
        ("host", "0.0.0.0", "0.0.0.0"),
        ("port", "0", 0),
        ("port", "65535", 65535),
        ("log_level", "WARNING", "warning"),
        ("database_timeout_s", "0.5", Decimal("0.5")),
        ("shutdown_s", "1", Decimal(1)),
        ("ping_s", "60", Decimal(60)),
    ],
)
def test_every_setting_is_a_variable_of_its_name(name, text, value):
    assert getattr(settings.read({settings.variable(name): text}), name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("port", "http"),
        ("port", "65536"),
        ("port", "-1"),
        ("port", "\u0663"),
        ("log_level", "loud"),
        ("ping_s", "0"),
        ("ping_s", "61"),
        ("ping_s", "NaN"),
        ("shutdown_s", "soon"),
        ("database_timeout_s", "-1"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(name, text):
    with pytest.raises(SettingError, match=f"^{settings.variable(name)}: "):
        settings.read({settings.variable(name): text})


def test_a_refused_value_is_not_repeated():
    with pytest.raises(SettingError) as refused:
        settings.read({"ASSISTANT_PORT": "canary"})
    assert "canary" not in str(refused.value)


def test_the_command_line_outranks_the_environment():
    assert settings.read({"ASSISTANT_PORT": "9000"}, port="9001", host=None).port == 9001


def test_an_empty_variable_is_as_good_as_none():
    assert settings.read({"ASSISTANT_PORT": ""}).port == 8000


def test_a_misspelt_variable_is_found():
    assert settings.unknown({"ASSISTANT_DATABSE": "x", "ASSISTANT_PORT": "1", "PATH": "/"}) == ("ASSISTANT_DATABSE",)


def test_a_user_without_a_home_must_name_the_file(monkeypatch):
    def nobody(self):
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "expanduser", nobody)
    with pytest.raises(SettingError, match="ASSISTANT_DATABASE"):
        settings.read({})
