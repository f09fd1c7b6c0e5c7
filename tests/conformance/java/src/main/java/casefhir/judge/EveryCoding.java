package casefhir.judge;

import ca.uhn.fhir.context.support.IValidationSupport;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.r5.model.CodeableConcept;
import org.hl7.fhir.r5.model.Coding;
import org.hl7.fhir.r5.model.ValueSet;
import org.hl7.fhir.r5.terminologies.utilities.ValidationResult;
import org.hl7.fhir.utilities.validation.ValidationOptions;

/**
 * One coding meets the binding, and every coding is a code of its own system.
 *
 * <p>HAPI knows only "all codings are in the value set" or "one is, the others may be anything".
 * https://hl7.org/fhir/R4/terminologies.html#code
 */
final class EveryCoding extends WorkerContextValidationSupportAdapter {

    EveryCoding(IValidationSupport support) {
        super(support);
    }

    @Override
    public ValidationResult validateCode(
            ValidationOptions options, CodeableConcept concept, ValueSet valueSet) {
        ValidationResult bound = super.validateCode(options, concept, valueSet);
        if (!bound.isOk()) {
            return bound;
        }
        return concept.getCoding().stream()
                .filter(Coding::hasSystem)
                .map(coding -> validateCode(options, coding, null))
                .filter(result -> !result.isOk())
                .findFirst()
                .orElse(bound);
    }
}
