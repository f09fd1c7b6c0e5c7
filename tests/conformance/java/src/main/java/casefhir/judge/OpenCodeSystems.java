package casefhir.judge;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.LookupCodeRequest;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.Set;
import org.hl7.fhir.common.hapi.validation.support.BaseValidationSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;

/**
 * Any code is right in the large terminologies, none of which can be loaded here.
 *
 * <p>A value set that lists its codes one by one is checked all the same; one that takes a whole
 * terminology, or filters it, is open. A code system that is neither here nor loaded is unknown, and
 * the validator says so: a misspelt URL is found.
 */
final class OpenCodeSystems extends BaseValidationSupport {
    private static final Set<String> OPEN =
            Set.of(
                    "http://loinc.org",
                    "http://snomed.info/sct",
                    "http://www.nlm.nih.gov/research/umls/rxnorm",
                    "http://www.whocc.no/atc",
                    "http://hl7.org/fhir/sid/icd-10",
                    "http://hl7.org/fhir/sid/icd-10-cm",
                    "http://id.who.int/icd/release/11/mms",
                    "http://human-phenotype-ontology.org",
                    "http://purl.obolibrary.org/obo/hp.owl",
                    "http://purl.obolibrary.org/obo/mondo.owl",
                    "http://www.orpha.net",
                    "https://omim.org",
                    "http://www.omim.org",
                    "http://www.genenames.org",
                    "http://www.genenames.org/geneId",
                    "http://varnomen.hgvs.org",
                    "http://www.ncbi.nlm.nih.gov/clinvar",
                    "http://www.ncbi.nlm.nih.gov/refseq",
                    "http://www.ncbi.nlm.nih.gov/taxonomy",
                    "http://www.ensembl.org",
                    "http://sequenceontology.org",
                    "http://www.sequenceontology.org",
                    "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl",
                    "http://cancerstaging.org",
                    "https://www.meddra.org",
                    "http://hl7.org/fhir/sid/cvx",
                    "http://fdasis.nlm.nih.gov",
                    "http://standardterms.edqm.eu");

    OpenCodeSystems(FhirContext context) {
        super(context);
    }

    static boolean isOpen(String system) {
        return system != null && OPEN.contains(system.split("\\|", 2)[0]);
    }

    @Override
    public String getName() {
        return "terminologies that are not checked";
    }

    @Override
    public boolean isCodeSystemSupported(ValidationSupportContext chain, String system) {
        return isOpen(system);
    }

    @Override
    public boolean isValueSetSupported(ValidationSupportContext chain, String url) {
        return true;
    }

    @Override
    public LookupCodeResult lookupCode(ValidationSupportContext chain, LookupCodeRequest request) {
        return isOpen(request.getSystem()) ? new LookupCodeResult().setFound(true) : null;
    }

    @Override
    public CodeValidationResult validateCode(
            ValidationSupportContext chain,
            ConceptValidationOptions options,
            String system,
            String code,
            String display,
            String valueSet) {
        if (!isOpen(system)) {
            return null;
        }
        IBaseResource set =
                valueSet == null ? null : chain.getRootValidationSupport().fetchValueSet(valueSet);
        return set == null
                ? right(code, display)
                : validateCodeInValueSet(chain, options, system, code, display, set);
    }

    @Override
    public CodeValidationResult validateCodeInValueSet(
            ValidationSupportContext chain,
            ConceptValidationOptions options,
            String system,
            String code,
            String display,
            IBaseResource valueSet) {
        return isOpen(system) && isOpen(chain, (ValueSet) valueSet, system)
                ? right(code, display)
                : null;
    }

    private static CodeValidationResult right(String code, String display) {
        return new CodeValidationResult().setCode(code).setDisplay(display);
    }

    private static boolean isOpen(ValidationSupportContext chain, ValueSet set, String system) {
        return !set.hasExpansion()
                && set.getCompose().getInclude().stream()
                        .anyMatch(include -> isOpen(chain, include, system));
    }

    private static boolean isOpen(
            ValidationSupportContext chain, ConceptSetComponent include, String system) {
        if (include.hasSystem()) {
            return include.getSystem().equals(system) && !include.hasConcept();
        }
        return include.getValueSet().stream()
                .map(CanonicalType::getValue)
                .map(url -> (ValueSet) chain.getRootValidationSupport().fetchValueSet(url))
                .anyMatch(set -> set == null || isOpen(chain, set, system));
    }
}
