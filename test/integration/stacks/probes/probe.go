// GET and POST over http, then over https, through a proxy: prints one answer a line.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
)

func main() {
	proxy, _ := url.Parse(os.Args[1])
	pem, err := os.ReadFile(os.Args[2])
	if err != nil {
		panic(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	client := &http.Client{Transport: &http.Transport{
		Proxy:             http.ProxyURL(proxy),
		TLSClientConfig:   &tls.Config{RootCAs: roots},
		ForceAttemptHTTP2: true,
	}}
	for _, base := range []string{os.Args[3], os.Args[4]} {
		for _, method := range []string{"GET", "POST"} {
			var body io.Reader
			if method == "POST" {
				body = strings.NewReader(os.Args[5])
			}
			request, err := http.NewRequest(method, base+"/x", body)
			if err != nil {
				panic(err)
			}
			response, err := client.Do(request)
			if err != nil {
				panic(err)
			}
			text, _ := io.ReadAll(response.Body)
			response.Body.Close()
			fmt.Println(string(text))
		}
	}
}
