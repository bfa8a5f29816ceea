import java.io.FileInputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** GET and POST over http, then over https, through a proxy: prints one answer a line. */
public final class HttpClientProbe {
  public static void main(String[] args) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (FileInputStream file = new FileInputStream(args[1])) {
      trusted.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    HttpClient client = HttpClient.newBuilder()
        .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]))))
        .sslContext(tls)
        .build();
    for (String base : new String[] {args[2], args[3]}) {
      // Over http:// this client would offer h2c, which the proxy does not pass on: the answer is HTTP/1.1 either way.
      HttpRequest.Builder ask = HttpRequest.newBuilder(URI.create(base + "/x"));
      System.out.println(client.send(ask.GET().build(), HttpResponse.BodyHandlers.ofString()).body());
      System.out.println(client.send(ask.POST(HttpRequest.BodyPublishers.ofString(args[4])).build(), HttpResponse.BodyHandlers.ofString()).body());
    }
  }
}
