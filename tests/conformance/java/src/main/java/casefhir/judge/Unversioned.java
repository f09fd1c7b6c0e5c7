package casefhir.judge;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.hl7.fhir.common.hapi.validation.support.BaseValidationSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * The definition without a version where one was asked for with its version.
 *
 * <p>Guides pin core definitions as `…/StructureDefinition/Patient|4.0.1`; HAPI's core answers only
 * to the URL without the version.
 */
final class Unversioned extends BaseValidationSupport {
    private final List<IValidationSupport> sources;

    Unversioned(FhirContext context, IValidationSupport... sources) {
        super(context);
        this.sources = List.of(sources);
    }

    @Override
    public String getName() {
        return "definitions without their version";
    }

    @Override
    public IBaseResource fetchStructureDefinition(String url) {
        return first(url, IValidationSupport::fetchStructureDefinition);
    }

    @Override
    public IBaseResource fetchValueSet(String url) {
        return first(url, IValidationSupport::fetchValueSet);
    }

    @Override
    public IBaseResource fetchCodeSystem(String url) {
        return first(url, IValidationSupport::fetchCodeSystem);
    }

    private IBaseResource first(
            String url, BiFunction<IValidationSupport, String, IBaseResource> fetch) {
        int bar = url.indexOf('|');
        if (bar < 0) {
            return null;
        }
        return sources.stream()
                .map(source -> fetch.apply(source, url.substring(0, bar)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
