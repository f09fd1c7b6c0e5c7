package casefhir.judge;

import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.CodeValidationResult;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the validator does not look at: UUIDs that lead nowhere, units that are no Quantity's. */
final class Rules {
    private static final String UUID = "urn:uuid:";
    private static final String UCUM = "http://unitsofmeasure.org";

    /** A JSON object and the path that leads to it. */
    private record Located(String path, JsonObject members) {
        String text(String name) {
            JsonElement value = members.get(name);
            return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
        }
    }

    static Stream<Validate.Message> messages(IValidationSupport support, JsonObject resource) {
        Located root = new Located("", resource);
        String type = Objects.requireNonNullElse(root.text("resourceType"), "");
        Stream<Validate.Message> dangling =
                type.equals("Bundle") ? unresolved(resource) : Stream.empty();
        return Stream.concat(dangling, units(support, objects(type, resource)));
    }

    /** The validator takes a UUID that no entry has for a resource it cannot see. */
    private static Stream<Validate.Message> unresolved(JsonObject bundle) {
        Set<String> fullUrls =
                objects("Bundle", bundle)
                        .map(found -> found.text("fullUrl"))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        return objects("Bundle", bundle)
                .filter(found -> isDangling(found.text("reference"), fullUrls))
                .map(
                        found ->
                                error(
                                        "casefhir-unresolved-reference",
                                        found.path(),
                                        "no entry of the bundle has the fullUrl '%s'"
                                                .formatted(found.text("reference"))));
    }

    private static boolean isDangling(String reference, Set<String> fullUrls) {
        return reference != null && reference.startsWith(UUID) && !fullUrls.contains(reference);
    }

    /** The validator checks the unit of a Quantity, not that of an Age, a Duration, a Count. */
    private static Stream<Validate.Message> units(
            IValidationSupport support, Stream<Located> objects) {
        return objects.filter(found -> UCUM.equals(found.text("system")))
                .filter(found -> found.text("code") != null)
                .filter(found -> !isUnit(support, found.text("code")))
                .map(
                        found ->
                                error(
                                        "casefhir-unit",
                                        found.path(),
                                        "'%s' is no UCUM unit".formatted(found.text("code"))));
    }

    private static boolean isUnit(IValidationSupport support, String code) {
        CodeValidationResult result =
                support.validateCode(
                        new ValidationSupportContext(support),
                        new ConceptValidationOptions(),
                        UCUM,
                        code,
                        null,
                        null);
        return result != null && result.isOk();
    }

    private static Stream<Located> objects(String path, JsonElement element) {
        if (element instanceof JsonArray list) {
            return IntStream.range(0, list.size())
                    .boxed()
                    .flatMap(i -> objects(path + "[" + i + "]", list.get(i)));
        }
        if (element instanceof JsonObject members) {
            return Stream.concat(
                    Stream.of(new Located(path, members)),
                    members.entrySet().stream()
                            .flatMap(m -> objects(path + "." + m.getKey(), m.getValue())));
        }
        return Stream.empty();
    }

    private static Validate.Message error(String messageId, String path, String text) {
        return new Validate.Message("error", messageId, path, text, null, null);
    }

    private Rules() {}
}
