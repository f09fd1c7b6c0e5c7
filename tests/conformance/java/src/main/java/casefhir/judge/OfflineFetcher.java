package casefhir.judge;

import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r5.elementmodel.Element;
import org.hl7.fhir.r5.model.CanonicalResource;
import org.hl7.fhir.r5.model.CanonicalType;
import org.hl7.fhir.r5.utils.validation.IResourceValidator;
import org.hl7.fhir.r5.utils.validation.IValidatorResourceFetcher;

/** What the validator would ask the network for, answered from what is loaded. */
final class OfflineFetcher implements IValidatorResourceFetcher {
    private final IValidationSupport support;

    OfflineFetcher(IValidationSupport support) {
        this.support = support;
    }

    /** Nothing outside the file is read: such a reference is neither right nor wrong. */
    @Override
    public Element fetch(IResourceValidator validator, Object appContext, String url) {
        return null;
    }

    /** Whether a uri, url or canonical leads somewhere we know; identifiers need not. */
    @Override
    public boolean resolveURL(
            IResourceValidator validator,
            Object appContext,
            String path,
            String url,
            String type,
            boolean canonical,
            List<CanonicalType> targets) {
        return url.startsWith("urn:")
                || url.equals("http://unitsofmeasure.org")
                || OpenCodeSystems.isOpen(url)
                || support.fetchCodeSystem(url) != null
                || support.fetchValueSet(url) != null
                || support.fetchStructureDefinition(url) != null;
    }

    @Override
    public byte[] fetchRaw(IResourceValidator validator, String url) {
        return null;
    }

    @Override
    public IValidatorResourceFetcher setLocale(Locale locale) {
        return this;
    }

    @Override
    public CanonicalResource fetchCanonicalResource(
            IResourceValidator validator, Object appContext, String url) {
        return null;
    }

    @Override
    public boolean fetchesCanonicalResource(IResourceValidator validator, String url) {
        return false;
    }

    @Override
    public Set<String> fetchCanonicalResourceVersions(
            IResourceValidator validator, Object appContext, String url) {
        return Set.of();
    }
}
