"""How does an editor know the keys of a policy file? JSON Schemas made from the models.

They are written in Draft 4, the newest that Taplo understands, which stands behind the TOML
support of most editors.

    python -m kkd_desktop.policyfiles.schema.editors FOLDER
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from kkd_desktop.policyfiles.schema.policy_file import PolicyFile
from kkd_desktop.policyfiles.schema.set_file import SetFile

FILES: Final[Mapping[str, type[BaseModel]]] = {
    "schema.json": PolicyFile,
    "schema-set.json": SetFile,
}
"""Name of each schema file, and the model it is made from."""

_DRAFT = "http://json-schema.org/draft-04/schema#"
_LEFT_OUT = ("title", "default", "propertyNames")


class _ForToml(GenerateJsonSchema):
    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """TOML has no null: what is optional is left out."""
        return self.generate_inner(schema["schema"])


def editor_schema(model: type[BaseModel]) -> str:
    made = model.model_json_schema(
        schema_generator=_ForToml, ref_template="#/definitions/{model}", mode="validation"
    )
    made["definitions"] = made.pop("$defs", {})
    schema = {"$schema": _DRAFT, **_table(made)}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> None:
    for name, model in FILES.items():
        (folder / name).write_text(editor_schema(model), encoding="utf-8")


def _draft_4(value: Any) -> Any:
    if isinstance(value, list):
        return [_draft_4(each) for each in value]
    return _table(value) if isinstance(value, dict) else value


def _table(schema: Mapping[str, Any]) -> dict[str, Any]:
    """One schema in the words of Draft 4."""
    found: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "$ref" and "description" in schema:
            # Beside a reference nothing else is read.
            found["allOf"] = [{"$ref": value}]
        elif key == "const":
            found["enum"] = [value]
        elif key == "exclusiveMinimum":
            found |= {"minimum": value, "exclusiveMinimum": True}
        elif key in ("properties", "definitions", "patternProperties"):
            found[key] = {name: _draft_4(each) for name, each in value.items()}
        elif key not in _LEFT_OUT:
            found[key] = _draft_4(value)
    if "patternProperties" in found:
        found["additionalProperties"] = False
    return found


if __name__ == "__main__":
    write(Path(sys.argv[1]))
