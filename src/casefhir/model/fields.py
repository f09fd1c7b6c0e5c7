"""The types that fields are made of: a grammar each, and the shapes that several records share."""

from typing import Annotated

from casefhir.model import age as _age
from casefhir.model import code as _code
from casefhir.model import duration as _duration
from casefhir.model import quantity as _quantity
from casefhir.model import site as _site
from casefhir.model import table as _table
from casefhir.model import when as _when
from casefhir.model.base import Grammar, OneOrMore, Pattern, Value

Text = Annotated[str, Pattern(r"\S", least=1)]
Identifier = Annotated[str, Pattern(r"^[a-z0-9][a-z0-9-]*$", most=64)]
EventName = Annotated[str, Pattern(r"^[a-z][a-z0-9-]*$", most=64)]

When = Annotated[_when.When, Grammar("date", _when.when, numbers=True)]
Age = Annotated[_age.Age, Grammar("age", _age.age)]
Gestation = Annotated[_age.Age, Grammar("age", _age.gestation)]
Duration = Annotated[_duration.Duration, Grammar("duration", _duration.duration)]
Quantity = Annotated[_quantity.Quantity, Grammar("quantity", _quantity.quantity, numbers=True)]
Site = Annotated[_site.Site, Grammar("site", _site.site)]
Code = Annotated[_code.Code, Grammar("code", _code.code)]
Texts = Annotated[tuple[Text, ...], OneOrMore()]
Codes = Annotated[tuple[Code, ...], OneOrMore()]
Orcid = Annotated[str, Grammar("orcid", _code.orcid)]
Doi = Annotated[str, Grammar("doi", _code.doi)]
Rows = Annotated[tuple[_table.Row, ...], Grammar("table", _table.table)]


class Conflict(Value):
    """What another place of the same article says of this fact."""

    says: Text
    """What is said there, in a few words: `gone after 9 months`."""

    where: Text
    """The place in the article: `abstract`, `discussion`, `Table 1`."""

    note: Text | None = None
    """How the author of the case file weighs the two."""
