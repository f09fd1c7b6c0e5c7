package casefhir.judge;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.r5.utils.validation.constants.ReferenceValidationPolicy;
import org.hl7.fhir.validation.instance.advisor.BasePolicyAdvisorForFullValidation;

/**
 * Paths of FHIR R4 files on stdin → one line of JSON with the file's messages on stdout.
 *
 * <p>Arguments: folders of our own definitions (every *.json in them) and FHIR packages (*.tgz).
 * The first line written is READY; an empty line, or the end of stdin, ends the process.
 */
public final class Validate {
    private static final Gson JSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    /** One finding; line and column count from 1 and are null where the validator knows none. */
    record Message(
            String severity,
            String messageId,
            String location,
            String text,
            Integer line,
            Integer column) {}

    record Report(String file, List<Message> messages) {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // What a library prints must not get between the reports.
        Validate judge = new Validate(Stream.of(arguments).map(Path::of).toList());
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        out.println("READY");
        for (String file = in.readLine(); file != null && !file.isEmpty(); file = in.readLine()) {
            out.println(JSON.toJson(new Report(file, judge.messages(Path.of(file)))));
        }
    }

    private final IValidationSupport support;
    private final FhirValidator validator;

    private Validate(List<Path> definitions) throws IOException {
        FhirContext context = FhirContext.forR4();
        support = Definitions.support(context, definitions);
        validator = context.newValidator().registerValidatorModule(instances(support));
    }

    private static FhirInstanceValidator instances(IValidationSupport support) {
        FhirInstanceValidator instances = new FhirInstanceValidator(support);
        instances.setWrappedWorkerContext(support, new EveryCoding(support));
        // HAPI's own advisor implies no profile, so a vital sign would not be held to its profile.
        instances.setValidatorPolicyAdvisor(
                new BasePolicyAdvisorForFullValidation(
                        ReferenceValidationPolicy.CHECK_TYPE_IF_EXISTS));
        instances.setValidatorResourceFetcher(new OfflineFetcher(support));
        instances.setBestPracticeWarningLevel(BestPracticeWarningLevel.Hint);
        instances.setAssumeValidRestReferences(true);
        instances.setAnyExtensionsAllowed(false);
        instances.setErrorForUnknownProfiles(true);
        return instances;
    }

    private List<Message> messages(Path file) {
        List<Message> messages = new ArrayList<>();
        try {
            String text = Files.readString(file);
            JsonObject resource = JsonParser.parseString(text).getAsJsonObject();
            validator.validateWithResult(text).getMessages().forEach(m -> messages.add(message(m)));
            Rules.messages(support, resource).forEach(messages::add);
        } catch (IOException | JsonSyntaxException | IllegalStateException e) {
            messages.add(fatal("casefhir-unreadable", e));
        } catch (RuntimeException e) {
            // The validator throws on some input it should report; that is a fault of the input too.
            messages.add(fatal("casefhir-validator-crash", e));
        }
        return messages;
    }

    private static Message message(SingleValidationMessage found) {
        return new Message(
                found.getSeverity().getCode(),
                found.getMessageId(),
                found.getLocationString(),
                found.getMessage(),
                found.getLocationLine(),
                found.getLocationCol());
    }

    private static Message fatal(String messageId, Exception e) {
        return new Message("fatal", messageId, "", e.toString(), null, null);
    }
}
