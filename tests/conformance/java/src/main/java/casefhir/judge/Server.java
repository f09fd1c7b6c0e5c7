package casefhir.judge;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.RequestValidatingInterceptor;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.validation.IInstanceValidatorModule;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.io.PrintStream;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * HAPI's own FHIR R4 server, empty at every start: a port → `READY http://127.0.0.1:PORT/fhir`.
 *
 * <p>Arguments: the port (0 takes a free one) and, if what is posted is to be validated first,
 * --validate. The end of stdin ends the process, so that no server outlives its test.
 */
public final class Server {

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err); // Only READY goes to stdout; nobody reads what follows it.
        boolean validate = List.of(arguments).contains("--validate");
        ApplicationContext beans = new AnnotationConfigApplicationContext(Storage.class);
        ServerConnector connector = start(Integer.parseInt(arguments[0]), fhir(beans, validate));
        out.println("READY http://127.0.0.1:" + connector.getLocalPort() + "/fhir");
        while (System.in.read() >= 0) {
            // Nothing is said on stdin; it is only watched for its end.
        }
        System.exit(0);
    }

    private static RestfulServer fhir(ApplicationContext beans, boolean validate) {
        RestfulServer server = new RestfulServer(beans.getBean(FhirContext.class));
        server.registerProviders(beans.getBean(ResourceProviderFactory.class).createProviders());
        server.registerProvider(beans.getBean(JpaSystemProvider.class));
        DatabaseBackedPagingProvider pages = beans.getBean(DatabaseBackedPagingProvider.class);
        pages.setMaximumPageSize(10_000); // A whole case in one answer, where `_count` asks for it.
        server.setPagingProvider(pages);
        if (validate) {
            server.registerInterceptor(validation(beans.getBean(IInstanceValidatorModule.class)));
        }
        return server;
    }

    /** Answers 422 to a request with an error, and says which. */
    private static RequestValidatingInterceptor validation(IInstanceValidatorModule validator) {
        RequestValidatingInterceptor interceptor = new RequestValidatingInterceptor();
        interceptor.addValidatorModule(validator);
        interceptor.setFailOnSeverity(ResultSeverityEnum.ERROR);
        interceptor.setAddResponseHeaderOnSeverity(null);
        return interceptor;
    }

    private static ServerConnector start(int port, RestfulServer fhir) throws Exception {
        org.eclipse.jetty.server.Server http = new org.eclipse.jetty.server.Server();
        ServerConnector connector = new ServerConnector(http);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        http.addConnector(connector);
        ServletContextHandler handler = new ServletContextHandler("/");
        handler.addServlet(new ServletHolder(fhir), "/fhir/*");
        http.setHandler(handler);
        http.start();
        return connector;
    }

    private Server() {}
}
