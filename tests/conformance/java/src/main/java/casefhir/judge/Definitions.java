package casefhir.judge;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.utilities.npm.NpmPackage;

/** Folders and packages of profiles, value sets, code systems → all that the validator knows. */
final class Definitions {

    static IValidationSupport support(FhirContext context, List<Path> sources) throws IOException {
        PrePopulatedValidationSupport ours = new PrePopulatedValidationSupport(context);
        for (Path source : sources) {
            try (Stream<String> texts = texts(source)) {
                texts.forEach(text -> ours.addResource(parser(context).parseResource(text)));
            }
        }
        DefaultProfileValidationSupport core = new DefaultProfileValidationSupport(context);
        ValidationSupportChain chain =
                new ValidationSupportChain(
                        new OpenCodeSystems(context),
                        core,
                        ours,
                        new Unversioned(context, core, ours),
                        new CommonCodeSystemsTerminologyService(context),
                        new SnapshotGeneratingValidationSupport(context),
                        new InMemoryTerminologyServerValidationSupport(context));
        // A binding is met when one coding is in the value set; HAPI asks it of every coding.
        // https://hl7.org/fhir/R4/terminologies.html#code
        chain.setCodeableConceptValidationSuccessfulIfNotAllCodingsAreValid(true);
        return chain;
    }

    private static IParser parser(FhirContext context) {
        return context.newJsonParser().setParserErrorHandler(new LenientErrorHandler(false));
    }

    private static Stream<String> texts(Path source) throws IOException {
        return Files.isDirectory(source) ? folder(source) : npm(source);
    }

    private static Stream<String> folder(Path folder) throws IOException {
        return Files.list(folder)
                .filter(file -> file.toString().endsWith(".json"))
                .sorted()
                .map(Definitions::read)
                .filter(text -> text.contains("\"resourceType\""));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<String> npm(Path archive) throws IOException {
        try (InputStream bytes = Files.newInputStream(archive)) {
            var folder = NpmPackage.fromPackage(bytes).getFolders().get("package");
            return folder.listFiles().stream()
                    .filter(Definitions::isDefinition)
                    .map(name -> folder.getContent().get(name))
                    .map(content -> new String(content, StandardCharsets.UTF_8));
        }
    }

    private static boolean isDefinition(String name) {
        return name.matches("(StructureDefinition|ValueSet|CodeSystem)-.*\\.json");
    }

    private Definitions() {}
}
